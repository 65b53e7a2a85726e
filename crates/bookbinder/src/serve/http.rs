//! As much of HTTP as a book needs: a connection brings one request, is answered, and closed. So
//! however many a browser opens, none waits for another.

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::Duration;

/// How long a request may be, without what is sent behind it.
const LONGEST: u64 = 64 * 1024;
/// How long to wait for somebody who says nothing, or does not listen.
const PATIENCE: Duration = Duration::from_secs(20);

/// What is asked for.
#[derive(Debug, PartialEq, Eq)]
pub struct Request {
    /// `GET`.
    pub method: String,
    /// `/ch01-tasks.html?x`.
    pub address: String,
}

/// What is answered.
#[derive(Debug)]
pub struct Answer {
    status: u16,
    headers: Vec<(&'static str, String)>,
    content: Vec<u8>,
}

impl Request {
    /// Reads a request to its empty line; nothing where it is none.
    ///
    /// # Errors
    /// When nothing comes any more.
    pub fn read(stream: impl Read) -> io::Result<Option<Self>> {
        let mut stream = stream.take(LONGEST);
        let mut head = Vec::new();
        let mut part = [0; 4096];
        while !head.windows(4).any(|bytes| bytes == b"\r\n\r\n") {
            match stream.read(&mut part)? {
                0 => return Ok(None),
                count => head.extend_from_slice(&part[..count]),
            }
        }
        Ok(Self::parse(&String::from_utf8_lossy(&head)))
    }

    fn parse(head: &str) -> Option<Self> {
        let mut words = head.lines().next()?.split(' ');
        let (method, address, version) = (words.next()?, words.next()?, words.next()?);
        let is_request = version.starts_with("HTTP/1.") && words.next().is_none();
        is_request.then(|| Self {
            method: method.to_owned(),
            address: address.to_owned(),
        })
    }
}

impl Answer {
    /// An answer with this content.
    pub fn new(status: u16, content: impl Into<Vec<u8>>) -> Self {
        Self {
            status,
            headers: Vec::new(),
            content: content.into(),
        }
    }

    /// With one more header. What would end a line is left out.
    pub fn with(mut self, name: &'static str, value: &str) -> Self {
        let value = value.chars().filter(|c| !c.is_control()).collect();
        self.headers.push((name, value));
        self
    }

    /// The bytes of the answer; `HEAD` gets no content.
    fn bytes(&self, with_content: bool) -> Vec<u8> {
        let reason = match self.status {
            200 => "OK",
            308 => "Permanent Redirect",
            400 => "Bad Request",
            404 => "Not Found",
            405 => "Method Not Allowed",
            _ => "",
        };
        let mut head = format!("HTTP/1.1 {} {reason}\r\n", self.status);
        for (name, value) in &self.headers {
            head += &format!("{name}: {value}\r\n");
        }
        head += &format!("Content-Length: {}\r\n", self.content.len());
        head += "Connection: close\r\n\r\n";
        let mut bytes = head.into_bytes();
        if with_content {
            bytes.extend_from_slice(&self.content);
        }
        bytes
    }
}

/// Answers the request that a connection brings.
///
/// # Errors
/// When the browser does not ask, or does not listen any more.
pub fn converse(mut stream: TcpStream, answer: impl FnOnce(&Request) -> Answer) -> io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let (answer, with_content) = match Request::read(&stream)? {
        Some(request) => (answer(&request), request.method != "HEAD"),
        None => (Answer::new(400, "this is no request\n"), true),
    };
    stream.write_all(&answer.bytes(with_content))?;
    stream.shutdown(Shutdown::Write)?;
    // Who is still sending would otherwise be cut off, and not read the answer.
    stream.set_read_timeout(Some(Duration::from_secs(1)))?;
    io::copy(&mut (&stream).take(LONGEST), &mut io::sink()).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_read() {
        let read = |text: &str| Request::read(text.as_bytes()).expect("bytes can be read");
        let request = read("GET /a%20b?c HTTP/1.1\r\nHost: x\r\n\r\nmore").expect("a request");
        assert_eq!((&*request.method, &*request.address), ("GET", "/a%20b?c"));
        for text in [
            "",
            "hello\r\n\r\n",
            "GET /\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: x\r\n",
            "GET /a b HTTP/1.1\r\n\r\n",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
        let long = format!("GET /{} HTTP/1.1\r\n\r\n", "x".repeat(100_000));
        assert_eq!(read(&long), None);
    }

    #[test]
    fn a_header_is_one_line() {
        let answer = Answer::new(308, "").with("Location", "/a\r\nB: c");
        let bytes = String::from_utf8(answer.bytes(true)).expect("text");
        assert!(bytes.contains("Location: /aB: c\r\n"), "{bytes}");
    }
}
