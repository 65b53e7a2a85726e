//! What closing means at both ends: what the chapter says of it.

use crossbeam::channel;
use tokio::sync::{mpsc, oneshot};

#[test]
fn what_is_in_the_buffer_arrives_after_the_last_sender_is_gone() {
    let verdict = explore::tasks().explore(|| async {
        let (sender, mut receiver) = mpsc::channel(1);
        sender.send(42).await.unwrap();
        drop(sender);
        assert!(receiver.recv().await == Some(42), "the 42 is lost");
        assert!(receiver.recv().await.is_none(), "there is more than 42");
    });
    verdict.expect_pass();
}

#[test]
fn a_receiver_that_closes_still_takes_what_was_sent() {
    let verdict = explore::tasks().explore(|| async {
        let (sender, mut receiver) = mpsc::channel(2);
        sender.send(42).await.unwrap();
        receiver.close();
        // To close again does no harm.
        receiver.close();
        assert!(sender.send(43).await.is_err(), "43 was taken");
        assert!(receiver.recv().await == Some(42), "the 42 is lost");
        assert!(receiver.recv().await.is_none(), "there is more than 42");
    });
    verdict.expect_pass();
}

#[test]
fn a_message_that_nobody_takes_comes_back_to_its_sender() {
    let verdict = explore::threads().explore(|| {
        let (sender, receiver) = channel::bounded(1);
        drop(receiver);
        let refused = sender.send("order 17").unwrap_err();
        assert!(refused.into_inner() == "order 17", "the order is lost");
    });
    verdict.expect_pass();
}

#[test]
fn a_question_whose_asked_one_is_gone_is_answered_with_an_error() {
    let verdict = explore::tasks().explore(|| async {
        let (answer, question) = oneshot::channel::<u32>();
        let asked = tokio::spawn(async move { drop(answer) });
        assert!(question.await.is_err(), "there is an answer");
        asked.await.unwrap();
    });
    verdict.expect_pass();
}

/// No sender is made from a receiver; the nearest is one that does not count, and comes too late.
#[test]
fn a_weak_sender_is_nothing_once_the_last_sender_is_gone() {
    let verdict = explore::tasks().explore(|| async {
        let (sender, _receiver) = mpsc::channel::<u32>(1);
        let weak = sender.downgrade();
        assert!(weak.upgrade().is_some(), "the sender is gone too early");
        drop(sender);
        assert!(weak.upgrade().is_none(), "the channel is open again");
    });
    verdict.expect_pass();
}
