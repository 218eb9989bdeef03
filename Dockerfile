# An image with nothing but mtlsctl and the C library it needs:
#
#   docker build -t mtlsctl .
#   docker run --rm -v "$PWD:/work" mtlsctl lint deploy
FROM rust:1.95-bookworm AS build
WORKDIR /src
COPY . .
RUN cargo build --profile dist --locked --bin mtlsctl

# The same Debian as above, so that the C library fits.
FROM gcr.io/distroless/cc-debian12:nonroot
COPY --from=build /src/target/dist/mtlsctl /usr/local/bin/mtlsctl
WORKDIR /work
ENTRYPOINT ["mtlsctl"]
CMD ["--help"]
