//! `std::net`: addresses. Sockets belong to the real world.

pub use real::net::{
    AddrParseError, IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6,
};
