"""Items, targets, receipts, errors and field types, with nothing but pydantic and the standard library below."""
