//! Which minute of the day belongs to what.

/// When a day begins, in minutes from midnight.
const BEGIN: u32 = 9 * 60;
/// The longest time without a break.
pub const LONGEST: u32 = 90;
/// A break.
pub const BREAK: u32 = 15;
/// Where a chapter begins, a break that would soon fall due is taken after this long.
const EARLY: u32 = 60;
/// What is shorter introduces what comes next, and does not end a day.
const INTRODUCTION: u32 = 5;
/// A lunch.
pub const LUNCH: u32 = 60;
/// A break that falls due from here on is lunch.
const EARLY_LUNCH: u32 = 11 * 60 + 30;
/// From here on lunch does not wait for a break to fall due.
const LUNCHTIME: u32 = 12 * 60 + 15;
/// Nobody waits longer for lunch.
const LATE_LUNCH: u32 = 13 * 60;

/// A stretch of a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// When it begins, in minutes from midnight.
    pub from: u32,
    /// How long it is.
    pub minutes: u32,
    /// What it is for.
    pub what: What,
}

/// What a stretch of a day is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// The item with this index.
    Item(usize),
    /// Coffee.
    Break,
    /// A meal.
    Lunch,
}

/// Lays out one day: `items` are minutes, `chapters` names the chapter of each, and `lunch` says
/// whether the day is long enough for one. Breaks stand between items, never within one, and where a
/// chapter begins if one is due soon.
pub fn day(items: &[u32], chapters: &[usize], first: usize, lunch: bool) -> Vec<Slot> {
    let mut slots = Vec::new();
    let mut clock = BEGIN;
    let mut since_break = 0;
    let mut hungry = lunch;
    let mut left: u32 = items.iter().sum();
    for (at, &minutes) in items.iter().enumerate() {
        let begins = at > 0 && chapters[at] != chapters[at - 1];
        let due = since_break > 0 && since_break + minutes > LONGEST
            || begins && since_break >= EARLY && since_break + left > LONGEST;
        let late = clock >= LUNCHTIME || clock + minutes > LATE_LUNCH;
        let pause = match (hungry && (late || due && clock >= EARLY_LUNCH), due) {
            (true, _) if since_break > 0 => Some((What::Lunch, LUNCH)),
            (_, true) => Some((What::Break, BREAK)),
            _ => None,
        };
        if let Some((what, minutes)) = pause {
            hungry &= what != What::Lunch;
            slots.push(slot(&mut clock, minutes, what));
            since_break = 0;
        }
        slots.push(slot(&mut clock, minutes, What::Item(first + at)));
        since_break += minutes;
        left -= minutes;
    }
    slots
}

fn slot(clock: &mut u32, minutes: u32, what: What) -> Slot {
    let from = *clock;
    *clock += minutes;
    Slot {
        from,
        minutes,
        what,
    }
}

/// Where to end the first of two days: the index of the first item of the second. A chapter is not
/// torn apart if the days come out within their `limit` without that; then the days are as equal as
/// they can be, and no day ends with the introduction to what follows. `chapters` names the chapter of each item.
pub fn split(items: &[u32], chapters: &[usize], limit: u32) -> Option<usize> {
    let total: u32 = items.iter().sum();
    let mut morning = 0;
    let mut best: Option<(bool, bool, u32, usize)> = None;
    for (at, &minutes) in items.iter().enumerate() {
        if at > 0 && morning <= limit && total - morning <= limit {
            let torn = chapters[at] == chapters[at - 1];
            let apart = torn && items[at - 1] < INTRODUCTION;
            let choice = (torn, apart, morning.abs_diff(total - morning), at);
            if best.is_none_or(|best| choice < best) {
                best = Some(choice);
            }
        }
        morning += minutes;
    }
    best.map(|(_, _, _, at)| at)
}

/// A time of day.
pub fn clock(minutes: u32) -> String {
    format!("{}:{:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pauses(items: &[u32], lunch: bool) -> Vec<(String, What)> {
        let slots = day(items, &vec![0; items.len()], 0, lunch).into_iter();
        let pauses = slots.filter(|slot| !matches!(slot.what, What::Item(_)));
        pauses.map(|slot| (clock(slot.from), slot.what)).collect()
    }

    #[test]
    fn nobody_sits_longer_than_ninety_minutes() {
        for items in [
            vec![30; 7],
            vec![90; 4],
            vec![10; 39],
            vec![89, 2, 89, 2],
            vec![45, 50, 10, 80],
        ] {
            for lunch in [false, true] {
                let mut sat = 0;
                let mut clock = BEGIN;
                for slot in day(&items, &vec![0; items.len()], 0, lunch) {
                    assert_eq!(slot.from, clock, "{items:?}");
                    clock += slot.minutes;
                    match slot.what {
                        What::Item(_) => sat += slot.minutes,
                        What::Break | What::Lunch => sat = 0,
                    }
                    assert!(sat <= LONGEST, "{items:?}: {sat}");
                }
            }
        }
    }

    #[test]
    fn breaks_stand_where_they_fall_due() {
        assert_eq!(
            pauses(&[45, 45, 45, 45], false),
            [("10:30".to_owned(), What::Break)]
        );
        assert_eq!(pauses(&[45, 45], false), []);
        assert_eq!(pauses(&[90], true), []);
    }

    #[test]
    fn a_break_that_is_due_soon_is_taken_before_a_chapter() {
        let slots = day(&[40, 30, 15, 30], &[0, 0, 1, 1], 0, false);
        let breaks: Vec<usize> = (0..slots.len())
            .filter(|&n| slots[n].what == What::Break)
            .collect();
        assert_eq!(breaks, [2]);
        // Here the rest fits before a break is due.
        assert_eq!(day(&[40, 30, 15], &[0, 0, 1], 0, false).len(), 3);
    }

    #[test]
    fn a_long_day_has_one_lunch_near_noon() {
        for items in [
            vec![30; 13],
            vec![90; 4],
            vec![10; 39],
            vec![20; 19],
            vec![65; 6],
            vec![75; 5],
        ] {
            let pauses = pauses(&items, true);
            let lunches: Vec<_> = pauses
                .iter()
                .filter(|(_, what)| *what == What::Lunch)
                .collect();
            let [(at, _)] = lunches[..] else {
                panic!("{items:?}: {pauses:?}");
            };
            let noon = ["11:3", "11:4", "11:5", "12:", "13:00"];
            assert!(
                noon.iter().any(|time| at.starts_with(time)),
                "{items:?}: lunch at {at}"
            );
        }
    }

    #[test]
    fn two_days_are_split_between_chapters_if_that_fits() {
        // Chapter 0 has 100 minutes, chapter 1 has 120, chapter 2 has 60.
        let (items, chapters) = ([50, 50, 60, 60, 60], [0, 0, 1, 1, 2]);
        assert_eq!(split(&items, &chapters, 200), Some(2));
        // Here the second day would be too long, so the chapter is torn.
        assert_eq!(split(&items, &chapters, 170), Some(3));
        assert_eq!(split(&items, &chapters, 130), None);
        assert_eq!(split(&[10], &[0], 100), None);
        // The two minutes introduce the exercise behind them.
        assert_eq!(split(&[50, 2, 50], &[0, 0, 0], 90), Some(1));
    }
}
