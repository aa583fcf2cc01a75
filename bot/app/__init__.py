"""Use cases named after intentions. They know the store and the bank, and of Discord only the `Messenger`."""
