"""Stepwise: a Discord bot that asks a study group one question a day about the learning rate."""
