//! Which schedules can break a program.
