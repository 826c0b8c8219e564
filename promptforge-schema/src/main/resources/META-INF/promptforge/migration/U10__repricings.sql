DROP TABLE repriced_spans;
DROP TABLE repricings;
