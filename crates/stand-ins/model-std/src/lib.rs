//! A stand-in for std.
