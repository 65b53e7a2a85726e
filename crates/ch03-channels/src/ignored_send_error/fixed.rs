//! The temperature of a cold store, on a screen that somebody may turn off.

use tokio::sync::mpsc;

/// Shows so many readings of the sensor.
pub async fn watch(count: usize) -> Vec<u32> {
    let (readings, mut screen) = mpsc::channel(1);
    tokio::spawn(async move {
        loop {
            if readings.send(read_sensor()).await.is_err() {
                break;
            }
        }
    });
    let mut shown = Vec::new();
    for _ in 0..count {
        shown.extend(screen.recv().await);
    }
    shown
}

fn read_sensor() -> u32 {
    4
}
