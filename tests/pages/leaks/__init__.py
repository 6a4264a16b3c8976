"""What is not public shows nowhere: planted words, every address, every role.

planting (what is not public, with a word of its own each, and who may read it) → addresses (the
resolver, filled with the keys of all that) → deeds (what a browser sends there, and how
it is undone) → crawler (asks, and says what was told to whom).
"""
