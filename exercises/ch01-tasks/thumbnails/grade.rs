use std::sync::Barrier;
use std::sync::atomic::{AtomicUsize, Ordering};

use thumbnails::render_all;

#[test]
fn thumbnails_are_in_the_order_of_the_photos() {
    explore::threads().check(|| {
        // Borrowed from here, so they do not live for ever.
        let names = String::from("cat dog owl");
        let photos: Vec<&str> = names.split(' ').collect();
        let thumbnails = render_all(&photos, |photo| photo.to_uppercase());
        let thumbnails: Vec<_> = thumbnails.into_iter().map(Result::unwrap).collect();
        assert!(
            thumbnails == ["CAT", "DOG", "OWL"],
            "cat, dog and owl became {thumbnails:?}"
        );
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
        let count = thumbnails.len();
        assert!(count == 3, "3 photos became {count} thumbnails");
    });
}

#[test]
fn a_panic_spoils_one_photo_and_the_others_are_rendered() {
    explore::threads().check(|| {
        let thumbnails = render_all(&["cat", "torn", "owl"], |&photo| {
            assert!(photo != "torn", "torn in two");
            photo.len()
        });
        assert!(
            matches!(thumbnails[..], [Ok(3), Err(_), Ok(3)]),
            "cat, a torn photo and owl became {thumbnails:?}"
        );
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
        assert!(
            why == ["too dark", "torn in 4 pieces"],
            "the panics said \"too dark\" and \"torn in 4 pieces\", the results say {why:?}"
        );
    });
}

#[test]
fn each_photo_is_rendered_once_also_when_one_panics() {
    explore::threads().check(|| {
        let times = [AtomicUsize::new(0), AtomicUsize::new(0)];
        let _ = render_all(&[0, 1], |&photo: &usize| {
            times[photo].fetch_add(1, Ordering::SeqCst);
            assert!(photo != 0, "spoiled");
        });
        let times = times.map(AtomicUsize::into_inner);
        assert!(times == [1, 1], "the photos were rendered {times:?} times");
    });
}

#[test]
fn an_empty_album_has_no_thumbnails() {
    explore::threads().check(|| {
        let thumbnails = render_all(&[] as &[u8], |photo| *photo);
        assert!(thumbnails.is_empty(), "no photos became {thumbnails:?}");
    });
}
