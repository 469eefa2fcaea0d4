"""What `/api/v1` answers, made from a snapshot: plain functions without HTTP."""
