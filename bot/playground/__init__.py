"""The real bot in the browser: a demonstration server around it, without Discord and without a token."""
