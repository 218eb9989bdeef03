import os, socket, sys, threading, time

host, port, seconds, family = sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), sys.argv[4]


def say(text):
    os.write(1, ("mtlsctl " + " ".join(text.split()) + "\n").encode())


def connect():
    families = {"4": socket.AF_INET, "6": socket.AF_INET6}
    try:
        found = socket.getaddrinfo(host, port, families.get(family, 0), socket.SOCK_STREAM)
    except OSError as error:
        say("no-address %s" % error)
        sys.exit(1)
    why = "failed no address"
    start = time.time()
    for kind, way, protocol, _, address in found:
        try:
            connection = socket.socket(kind, way, protocol)
            connection.settimeout(seconds)
            connection.connect(address)
            connection.settimeout(None)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            place = ("[%s]:%d" if ":" in address[0] else "%s:%d") % address[:2]
            say("connected %s %d" % (place, (time.time() - start) * 1000))
            return connection
        except ConnectionRefusedError:
            why = "refused"
        except socket.timeout:
            why = "timeout"
        except OSError as error:
            why = "failed %s" % error
    say(why)
    sys.exit(1)


server = connect()


def upwards():
    try:
        while True:
            data = os.read(0, 65536)
            if not data:
                break
            server.sendall(data)
        server.shutdown(socket.SHUT_WR)
    except OSError:
        pass


threading.Thread(target=upwards, daemon=True).start()
try:
    while True:
        data = server.recv(65536)
        if not data:
            break
        while data:
            data = data[os.write(1, data):]
except ConnectionResetError:
    os.write(2, b"mtlsctl: reset\n")
except OSError as error:
    os.write(2, ("mtlsctl: %s\n" % error).encode())
os._exit(0)
