//! What the pictures look like, and what they may never do.

mod build;
mod facts;
mod fold;
mod json;
mod loops;
mod random;
mod samples;
mod svg;
mod text;
mod words;
