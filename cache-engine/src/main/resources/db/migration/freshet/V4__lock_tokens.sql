-- Fencing tokens of locks: a number that was answered is never answered again.
CREATE SEQUENCE freshet.lock_tokens NO CYCLE;
COMMENT ON SEQUENCE freshet.lock_tokens IS 'Fencing tokens of locks: only grows, never set it back';
