//! TODO

pub mod broken;
pub mod fixed;

/// A folder of a disk.
pub struct Folder {
    /// What its own files take, in bytes.
    pub files: u64,
    /// The folders in it.
    pub folders: Vec<Folder>,
}
