-- Named like one of ours, on purpose.
CREATE TABLE users (id bigint PRIMARY KEY, login text NOT NULL);
