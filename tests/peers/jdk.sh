# A Java with its compiler, whose settings Debian keeps behind absolute links.
debian openjdk-17-jdk-headless
find "$into/usr/lib/jvm" -type l -lname '/etc/*' | while read -r link; do
    ln -sfn "$into$(readlink "$link")" "$link"
done
(cd "$into" && set -- usr/lib/jvm/java-*-openjdk-*/bin/java && ln -s "$1" java)
