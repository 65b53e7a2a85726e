//! `std::cell`: what stays on its thread.

pub use real::cell::{BorrowError, BorrowMutError, Cell, LazyCell, OnceCell, Ref, RefCell, RefMut};
