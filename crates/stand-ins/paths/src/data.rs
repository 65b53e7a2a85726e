//! Plain data: what a program does between its locks.

use std::borrow::Cow;
use std::cell::{Cell, LazyCell, OnceCell, RefCell};
use std::cmp::{Ordering, Reverse};
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap, HashSet, VecDeque};
use std::error::Error;
use std::fmt::{self, Display, Write as _};
use std::io::{self, BufRead, BufReader, Cursor, Read, Write};
use std::iter::{once, repeat_with};
use std::marker::PhantomData;
use std::net::IpAddr;
use std::num::NonZeroUsize;
use std::ops::{AddAssign, ControlFlow, Deref};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::str::FromStr;
use std::{env, mem, ptr};

/// What somebody wants.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Order {
    /// Who wants it.
    pub customer: String,
    /// How many.
    pub amount: u32,
}

/// Why a text is no order.
#[derive(Debug)]
pub enum ParseOrderError {
    /// There is no number.
    NoAmount,
    /// The number is none.
    Amount(std::num::ParseIntError),
}

impl Display for ParseOrderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ParseOrderError::NoAmount => f.write_str("no amount"),
            ParseOrderError::Amount(why) => write!(f, "not an amount: {why}"),
        }
    }
}

impl Error for ParseOrderError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            ParseOrderError::NoAmount => None,
            ParseOrderError::Amount(why) => Some(why),
        }
    }
}

impl From<std::num::ParseIntError> for ParseOrderError {
    fn from(why: std::num::ParseIntError) -> Self {
        ParseOrderError::Amount(why)
    }
}

impl FromStr for Order {
    type Err = ParseOrderError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (customer, amount) = text.split_once(' ').ok_or(ParseOrderError::NoAmount)?;
        Ok(Order {
            customer: customer.to_owned(),
            amount: amount.trim().parse()?,
        })
    }
}

struct Metres<T>(f64, PhantomData<T>);

impl<T> Deref for Metres<T> {
    type Target = f64;

    fn deref(&self) -> &f64 {
        &self.0
    }
}

impl<T> AddAssign<f64> for Metres<T> {
    fn add_assign(&mut self, more: f64) {
        self.0 += more;
    }
}

/// Adds up what each customer wants.
pub fn sort_by_customer(text: &str) -> Result<BTreeMap<String, u32>, Box<dyn Error>> {
    let mut totals: HashMap<String, u32> = HashMap::new();
    for line in BufReader::new(Cursor::new(text)).lines() {
        let order: Order = line?.parse()?;
        match totals.entry(order.customer) {
            Entry::Occupied(mut entry) => *entry.get_mut() += order.amount,
            Entry::Vacant(entry) => {
                entry.insert(order.amount);
            }
        }
    }
    *totals.entry("total".to_owned()).or_default() += totals.values().sum::<u32>();
    Ok(totals.into_iter().collect())
}

/// Uses the rest.
pub fn describe() -> Result<String, io::Error> {
    let mut out = String::new();
    let set = HashSet::from([1, 2]);
    let other: HashSet<i32> = [2, 3].into_iter().collect();
    let both: BTreeSet<_> = (&set | &other).into_iter().collect();
    let shared = set.intersection(&other).count();
    let table = HashMap::from([("a", 1), ("b", 2)]);
    let copy = table.clone();
    std::assert_eq!(table, copy);
    std::assert!(std::matches!(table.get("a"), Some(1)));
    let sum: i32 = table.values().sum::<i32>() + table["b"];
    write!(out, "{both:?} {shared} {sum}").expect("a string takes everything");

    let mut heap = BinaryHeap::from([Reverse(3), Reverse(1)]);
    let mut queue: VecDeque<u8> = repeat_with(|| 7).take(2).chain(once(8)).collect();
    std::write!(out, " {:?} {:?}", heap.pop(), queue.pop_back()).expect("as above");

    let (cell, shared) = (Cell::new(1), Rc::new(RefCell::new(vec![1])));
    shared.borrow_mut().push(cell.replace(5));
    let (once, lazy) = (OnceCell::new(), LazyCell::new(|| 3));
    std::writeln!(out, " {shared:?} {} {}", once.get_or_init(|| 4), *lazy).expect("as above");

    let mut bytes = Vec::new();
    std::write!(&mut bytes, "{}", NonZeroUsize::MIN)?;
    let mut read = String::new();
    bytes.as_slice().read_to_string(&mut read)?;
    let mut length = Metres::<Order>(1.5, PhantomData);
    length += std::f64::consts::PI;
    let cow: Cow<'_, str> = match 1.cmp(&2) {
        Ordering::Less => Cow::Borrowed("less"),
        _ => Cow::Owned("more".to_owned()),
    };
    let found = [1, 2].iter().try_for_each(|&n| match n {
        2 => ControlFlow::Break(n),
        _ => ControlFlow::Continue(()),
    });
    let path: PathBuf = Path::new("a").join("b");
    let address: IpAddr = "127.0.0.1".parse().map_err(io::Error::other)?;
    let text = std::format!(
        "{read} {} {cow} {found:?} {} {address} {} {}",
        length.floor(),
        path.display(),
        mem::size_of::<u8>(),
        ptr::null::<u8>().is_null(),
    );
    std::vec![1].push(2);
    if env::var("STAND_IN_PATHS_SAYS_MORE").is_ok() {
        std::println!("{out}");
        io::stdout().lock().flush()?;
    }
    Ok(out + &text)
}
