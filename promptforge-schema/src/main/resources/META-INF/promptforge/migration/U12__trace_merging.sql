ALTER TABLE spans DROP COLUMN provisional;
ALTER TABLE spans DROP COLUMN cost_reported;
ALTER TABLE spans DROP COLUMN model_reported;
ALTER TABLE traces DROP COLUMN provisional;
