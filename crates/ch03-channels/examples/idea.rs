//! The chapter's idea in Rust, as the book shows it: a channel between threads, then between tasks.

use std::sync::mpsc;
use std::thread;

/// A sensor on a thread of its own.
fn average(sensor: Vec<i32>) -> i32 {
    let (readings, inbox) = mpsc::sync_channel(8);
    thread::spawn(move || {
        for reading in sensor {
            if readings.send(reading).is_err() {
                break; // nobody will ever receive again
            }
        }
    }); // the thread ends and drops `readings`: that closes the channel
    let (mut sum, mut count) = (0, 0);
    for reading in inbox {
        sum += reading;
        count += 1;
    }
    sum / count
}

/// The same sensor as a task.
async fn average_of_task(sensor: Vec<i32>) -> i32 {
    let (readings, mut inbox) = tokio::sync::mpsc::channel(8);
    tokio::spawn(async move {
        for reading in sensor {
            if readings.send(reading).await.is_err() {
                break;
            }
        }
    });
    let (mut sum, mut count) = (0, 0);
    while let Some(reading) = inbox.recv().await {
        sum += reading;
        count += 1;
    }
    sum / count
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("{} degrees", average(vec![3, 4, 8]));
    println!("{} degrees", average_of_task(vec![3, 4, 8]).await);
}
