//! Channels of `tokio`.

use tokio::sync::{mpsc, oneshot};

use super::{join, programs};

programs![
    task_keeps_a_sender,
    task_lets_the_last_sender_go,
    channels_that_fill_each_other,
    channels_with_room,
    asked_and_answered,
    asked_before_listening,
    order_of_two_senders,
    try_send_to_a_slow_one,
    answer_that_never_comes,
];

/// The receiver waits for the end of messages, which its own sender prevents.
pub async fn task_keeps_a_sender() {
    let (sender, mut receiver) = mpsc::channel(4);
    let theirs = sender.clone();
    let worker = tokio::spawn(async move { theirs.send(1).await.unwrap() });
    let mut sum = 0;
    while let Some(number) = receiver.recv().await {
        sum += number;
    }
    worker.await.unwrap();
    drop(sender);
    assert_eq!(sum, 1);
}

/// The messages end when the last sender goes.
pub async fn task_lets_the_last_sender_go() {
    let (sender, mut receiver) = mpsc::channel(1);
    let workers = [sender.clone(), sender]
        .map(|sender| tokio::spawn(async move { sender.send(1).await.unwrap() }));
    let mut sum = 0;
    while let Some(number) = receiver.recv().await {
        sum += number;
    }
    join(workers).await;
    assert_eq!(sum, 2);
}

async fn exchange(capacity: usize) {
    let (to_worker, mut from_main) = mpsc::channel(capacity);
    let (to_main, mut from_worker) = mpsc::channel(capacity);
    let worker = tokio::spawn(async move {
        for i in 0..2 {
            to_main.send(i).await.unwrap();
        }
        from_main.recv().await.unwrap() + from_main.recv().await.unwrap()
    });
    for i in 0..2 {
        to_worker.send(i).await.unwrap();
    }
    let sum = from_worker.recv().await.unwrap() + from_worker.recv().await.unwrap();
    assert_eq!((sum, worker.await.unwrap()), (1, 1));
}

/// Both send two messages into channels for one before they receive.
pub async fn channels_that_fill_each_other() {
    exchange(1).await;
}

/// There is room for both.
pub async fn channels_with_room() {
    exchange(2).await;
}

type Question = (u32, oneshot::Sender<u32>);

/// A task that owns its state and answers.
pub async fn asked_and_answered() {
    let (sender, mut questions) = mpsc::channel::<Question>(1);
    let owner = tokio::spawn(async move {
        let mut total = 0;
        while let Some((add, answer)) = questions.recv().await {
            total += add;
            answer.send(total).unwrap();
        }
        total
    });
    let askers = [1, 2].map(|add| {
        let sender = sender.clone();
        tokio::spawn(async move {
            let (answer, total) = oneshot::channel();
            sender.send((add, answer)).await.unwrap();
            assert!(total.await.unwrap() >= add);
        })
    });
    drop(sender);
    join(askers).await;
    assert_eq!(owner.await.unwrap(), 3);
}

/// The owner asks itself: nobody listens while it waits for the answer.
pub async fn asked_before_listening() {
    let (sender, mut questions) = mpsc::channel::<Question>(1);
    let (answer, total) = oneshot::channel();
    sender.send((1, answer)).await.unwrap();
    let total = total.await.unwrap();
    let asked = questions.recv().await;
    assert!(asked.is_none() || total == 1);
}

/// Takes the order of messages for the order of spawns.
pub async fn order_of_two_senders() {
    let (sender, mut receiver) = mpsc::channel(2);
    let workers = [1, 2].map(|name| {
        let sender = sender.clone();
        tokio::spawn(async move { sender.send(name).await.unwrap() })
    });
    assert_eq!(receiver.recv().await, Some(1));
    join(workers).await;
}

/// Takes "full for the moment" for an error.
pub async fn try_send_to_a_slow_one() {
    let (sender, mut receiver) = mpsc::channel(1);
    let slow = tokio::spawn(async move {
        let mut sum = 0;
        while let Some(number) = receiver.recv().await {
            sum += number;
        }
        sum
    });
    for _ in 0..2 {
        sender.try_send(1).unwrap();
        tokio::task::yield_now().await;
    }
    drop(sender);
    assert_eq!(slow.await.unwrap(), 2);
}

/// Drops the question unanswered, and the asker takes an answer for granted.
pub async fn answer_that_never_comes() {
    let (answer, asked) = oneshot::channel::<u32>();
    let worker = tokio::spawn(async move { drop(answer) });
    assert_eq!(asked.await.expect("an answer"), 1);
    worker.await.unwrap();
}
