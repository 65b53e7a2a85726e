//! Prints the address labels of a shipment.

use std::sync::mpsc;
use std::thread;

/// Prints a label for each parcel, given by its address; the number of labels.
pub fn print_labels(parcels: &[&'static str], print: fn(String)) -> usize {
    let (labels, queue) = mpsc::sync_channel(2);
    let printer = thread::spawn(move || queue.into_iter().map(print).count());
    for address in parcels {
        let label = format!("To: {address}");
        labels.send(label).expect("the printer is there");
    }
    drop(labels);
    printer.join().expect("printing does not panic")
}
