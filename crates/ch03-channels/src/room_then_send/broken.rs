//! The counter of a repair shop.

use crossbeam::channel::Sender;

/// Puts a bicycle on the shelf of those to be repaired; false if there is no room.
pub fn accept(bicycle: &'static str, shelf: &Sender<&'static str>) -> bool {
    if shelf.is_full() {
        return false;
    }
    shelf.try_send(bicycle).expect("there is room on the shelf");
    true
}
