# Tomcat with a Java of its own, whose settings Debian keeps behind absolute links.
debian tomcat10 openjdk-17-jre-headless
find "$into/usr/lib/jvm" -type l -lname '/etc/*' | while read -r link; do
    ln -sfn "$into$(readlink "$link")" "$link"
done
