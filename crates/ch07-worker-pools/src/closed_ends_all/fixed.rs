//! A ward: emergencies first, then those who have an appointment.

use tokio::sync::mpsc::Receiver;

/// Treats everybody who comes; returns when nobody will come any more.
pub async fn treat_all(
    mut emergencies: Receiver<&'static str>,
    mut appointments: Receiver<&'static str>,
    mut treat: impl FnMut(&'static str),
) {
    loop {
        tokio::select! {
            biased;
            Some(patient) = emergencies.recv() => treat(patient),
            Some(patient) = appointments.recv() => treat(patient),
            else => return,
        }
    }
}
