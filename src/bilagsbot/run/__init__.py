"""A run: bots, the runner, one attempt at an item, the ledger and the receipts."""
