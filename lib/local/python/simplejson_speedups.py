"""A stand-in for the native module of simplejson, which the runtime client reads events and writes responses with.

The standard library has two of its functions. Without them, an event of several megabytes takes a second.
"""

from _json import encode_basestring_ascii, make_scanner

__all__ = ["encode_basestring_ascii", "make_encoder", "make_scanner"]

# simplejson then uses its own in Python.
make_encoder = None
