use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Barrier, Mutex};

use thumbnails::{Spoiled, render_all};

#[test]
fn thumbnails_are_in_the_order_of_the_photos() {
    explore::threads().check(|| {
        // Borrowed from here, so they do not live for ever.
        let names = String::from("cat dog owl");
        let photos: Vec<&str> = names.split(' ').collect();
        let thumbnails = render_all(&photos, |photo| photo.to_uppercase());
        let expected: Vec<_> = ["CAT", "DOG", "OWL"].map(|t| Ok(t.to_owned())).into();
        assert_eq!(thumbnails, expected, "in the order of cat, dog, owl");
    });
}

#[test]
fn all_photos_are_in_the_making_at_the_same_time() {
    explore::threads().check(|| {
        // No photo is finished before rendering has begun for all three.
        let all_begun = Barrier::new(3);
        let thumbnails = render_all(&[1, 2, 3], |photo| {
            all_begun.wait();
            photo * 10
        });
        assert_eq!(thumbnails.len(), 3);
    });
}

#[test]
fn a_panic_spoils_one_photo_and_the_others_are_rendered() {
    explore::threads().check(|| {
        let thumbnails = render_all(&["cat", "torn", "owl"], |&photo| {
            assert!(photo != "torn", "torn in two");
            photo.len()
        });
        let torn = Err(Spoiled {
            why: "torn in two".to_owned(),
        });
        assert_eq!(thumbnails, [Ok(3), torn, Ok(3)]);
    });
}

#[test]
fn a_spoiled_photo_says_what_the_panic_said() {
    explore::threads().check(|| {
        let thumbnails = render_all(&["dark", "torn"], |&photo| -> usize {
            match photo {
                "dark" => panic!("too dark"),
                other => panic!("{other} in {} pieces", other.len()),
            }
        });
        let why: Vec<_> = thumbnails
            .iter()
            .map(|thumbnail| thumbnail.as_ref().unwrap_err().why.as_str())
            .collect();
        assert_eq!(why, ["too dark", "torn in 4 pieces"]);
    });
}

#[test]
fn each_photo_is_rendered_once_also_when_one_panics() {
    explore::threads().check(|| {
        let rendered = [AtomicUsize::new(0), AtomicUsize::new(0)];
        let _ = render_all(&[0, 1], |&photo: &usize| {
            rendered[photo].fetch_add(1, Ordering::SeqCst);
            assert!(photo != 0, "spoiled");
        });
        let times = rendered.map(AtomicUsize::into_inner);
        assert_eq!(times, [1, 1], "how often each photo was rendered");
    });
}

#[test]
fn an_empty_album_has_no_thumbnails() {
    explore::threads().check(|| {
        let asked = Mutex::new(0);
        let thumbnails = render_all(&[] as &[u8], |_| *asked.lock().unwrap() += 1);
        assert!(thumbnails.is_empty());
        assert_eq!(*asked.lock().unwrap(), 0, "nothing was there to render");
    });
}
