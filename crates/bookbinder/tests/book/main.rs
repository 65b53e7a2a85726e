//! The miniature workshop in `tests/workshop`, built as it is and with something wrong in it.

mod complete;
mod rubbish;
mod shown;
mod workshop;
