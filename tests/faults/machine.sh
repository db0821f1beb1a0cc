# A machine inside this one: systemd as process 1 over a copy of the file system that is kept in memory and then
# forgotten, with a network of its own. `bash machine.sh FOLDER`; it all ends with this process. Needs root.
set -eu
folder=$1 stage=${2:-outside}

outside() { # own mounts
    exec unshare --mount --propagation private bash "$0" "$folder" mounts
}

mounts() { # a copy of the file system, and a group of processes for the machine
    mkdir "$folder/root" "$folder/memory" "$folder/groups"
    mount -t tmpfs -o size=2G machine "$folder/memory"
    mkdir "$folder/memory/upper" "$folder/memory/work"
    mount -t overlay -o "lowerdir=/,upperdir=$folder/memory/upper,workdir=$folder/memory/work" machine "$folder/root"
    mount -t cgroup2 machine "$folder/groups"
    group=$folder/groups/machine-$$
    mkdir "$group"
    (echo "$BASHPID" > "$group/cgroup.procs"
     exec unshare --pid --kill-child --mount --cgroup --uts --ipc --net --fork bash "$0" "$folder" process_one) || true
    find "$group" -depth -type d -exec rmdir {} +
}

process_one() { # what systemd finds when it starts
    cd "$folder/root"
    ip link set lo up
    mount -t proc proc proc
    mount --bind proc/sys proc/sys && mount -o remount,bind,ro proc/sys
    mount -t sysfs -o ro sysfs sys
    mount -t cgroup2 cgroup2 sys/fs/cgroup
    for each in run tmp dev; do mount -t tmpfs -o mode=755 machine "$each"; done
    chmod 1777 tmp
    for each in null zero full random urandom tty; do touch "dev/$each" && mount --bind "/dev/$each" "dev/$each"; done
    mkdir dev/pts dev/shm
    chmod 1777 dev/shm
    mount -t devpts -o newinstance,ptmxmode=0666 devpts dev/pts
    ln -s pts/ptmx dev/ptmx
    ln -s /proc/self/fd dev/fd
    # Nothing of this machine's but what everything stands on.
    rm -rf etc/systemd/system/*.wants
    for each in getty.target systemd-timesyncd.service systemd-logind.service; do
        ln -sf /dev/null "etc/systemd/system/$each"
    done
    ln -sf /lib/systemd/system/multi-user.target etc/systemd/system/default.target
    mkdir before
    pivot_root . before
    umount -l /before
    exec env -i container=machine PATH=/usr/sbin:/usr/bin:/sbin:/bin /lib/systemd/systemd --system --log-target=journal
}

$stage
