"""Synthetic designs in any number, to see how the gallery behaves when it is large.

`words` is what they are written with, `designs` what each of them says, `shelf` the rows. They are
known by an author who cannot sign in and by their address; nothing else is ever touched.
"""
