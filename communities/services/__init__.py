"""Writes: one function per verb, keyword arguments, one transaction each."""
