//! A waiting room between the door of a surgery and its doctor.

use std::collections::VecDeque;

use tokio::sync::mpsc;

/// Lets everybody in at once and sends them on in their order, as the doctor has time.
pub async fn waiting_room(
    mut door: mpsc::Receiver<&'static str>,
    doctor: mpsc::Sender<&'static str>,
) {
    let mut seated = VecDeque::new();
    loop {
        tokio::select! {
            patient = door.recv() => match patient {
                Some(patient) => seated.push_back(patient),
                None => break,
            },
            Ok(next) = doctor.reserve(), if !seated.is_empty() => {
                if let Some(patient) = seated.pop_front() {
                    next.send(patient);
                }
            }
        }
    }
    for patient in seated {
        let _ = doctor.send(patient).await;
    }
}
