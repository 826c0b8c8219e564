-- A host's own migration, on Flyway's default location. Beside ours, neither must see the other's.
CREATE TABLE orders (id bigint PRIMARY KEY);
