"""The rules, pure: no I/O, no asyncio, no discord, no SQL. Time and chance are arguments."""
