//! `std::io`: what does not wait for anybody. Standard input does, and is not here.

pub use real::io::{
    BufRead, BufReader, BufWriter, Bytes, Chain, Cursor, Empty, Error, ErrorKind, IntoInnerError,
    IoSlice, IoSliceMut, IsTerminal, LineWriter, Lines, Read, Repeat, Result, Seek, SeekFrom, Sink,
    Split, Stderr, StderrLock, Stdout, StdoutLock, Take, Write, copy, empty, read_to_string,
    repeat, sink, stderr, stdout,
};

pub mod prelude {
    pub use real::io::{BufRead, Read, Seek, Write};
}
