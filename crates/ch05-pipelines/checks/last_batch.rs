use ch05_pipelines::last_batch::{broken, fixed};
use explore::FailureKind;
use tokio::sync::mpsc::{self, Receiver, Sender};

/// Four letters; a bag holds three.
async fn every_letter_is_packed(pack: impl AsyncFn(Receiver<u32>, Sender<Vec<u32>>)) {
    let (post, letters) = mpsc::channel(4);
    let (out, mut bags) = mpsc::channel(4);
    for letter in [1, 2, 3, 4] {
        post.send(letter).await.expect("somebody packs");
    }
    drop(post);
    pack(letters, out).await;
    let mut packed = Vec::new();
    while let Some(bag) = bags.recv().await {
        packed.extend(bag);
    }
    assert!(
        packed == [1, 2, 3, 4],
        "of 4 letters, packed were {packed:?}"
    );
}

#[test]
fn broken() {
    let verdict = explore::tasks().explore(|| every_letter_is_packed(broken::pack));
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::tasks().explore(|| every_letter_is_packed(fixed::pack));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}
