//! A kitchen that closes when it has run out of food.

use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time;

/// Hands each order to a kitchen with food for so many dishes.
///
/// Returns what the guests were promised, and what the kitchen made.
pub async fn serve(orders: &[&'static str], food: usize) -> (Vec<&'static str>, Vec<&'static str>) {
    let (pass, tickets) = mpsc::channel(1);
    let kitchen = tokio::spawn(cook(tickets, food));
    let mut promised = Vec::new();
    for &dish in orders {
        if pass.send(dish).await.is_ok() {
            promised.push(dish);
        }
    }
    let made = kitchen.await.expect("cooking does not panic");
    (promised, made)
}

async fn cook(mut tickets: mpsc::Receiver<&'static str>, food: usize) -> Vec<&'static str> {
    let mut made = Vec::new();
    for _ in 0..food {
        let Some(dish) = tickets.recv().await else {
            break;
        };
        time::sleep(Duration::from_secs(600)).await;
        made.push(dish);
    }
    made
}
