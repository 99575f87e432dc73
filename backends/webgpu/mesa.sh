#!/usr/bin/env bash
# Mesa's software Vulkan driver (lavapipe), which has shader-f16, from the backports of Debian 12, into a folder: nothing is installed.
#   source backends/webgpu/mesa.sh FOLDER     then run convspec, vitest or node in the same shell
set -eo pipefail

folder=$(realpath -m "${1:?usage: source mesa.sh FOLDER}")
key=/usr/share/keyrings/debian-archive-keyring.gpg

fetch() {
  mkdir -p "$folder/lists/partial" "$folder/cache/archives/partial" "$folder/root"
  printf 'deb [signed-by=%s] http://deb.debian.org/debian %s main\n' "$key" bookworm "$key" bookworm-backports >"$folder/sources.list"
  local options=(
    -o Dir::Etc::sourcelist="$folder/sources.list" -o Dir::Etc::sourceparts=/dev/null
    -o Dir::State::lists="$folder/lists" -o Dir::Cache="$folder/cache"
    -o APT::Sandbox::User=root
  )
  apt-get "${options[@]}" -qq update
  # Everything that would have to be installed with them, whatever is installed already.
  (cd "$folder/cache/archives" && apt-get "${options[@]}" -t bookworm-backports --print-uris --no-install-recommends -qq install \
    mesa-vulkan-drivers libvulkan1 | awk '{ print $2 }' | sed 's/_[^_]*_[^_]*\.deb$//' | sort -u |
    xargs apt-get "${options[@]}" -t bookworm-backports -qq download)
  for package in "$folder"/cache/archives/*.deb; do dpkg-deb -x "$package" "$folder/root"; done
  rm -r "$folder/cache" "$folder/lists"
}

library=$folder/root/usr/lib/x86_64-linux-gnu
[ -e "$library/libvulkan_lvp.so" ] || fetch
icd=$folder/lvp.json
printf '{"file_format_version":"1.0.0","ICD":{"library_path":"%s/libvulkan_lvp.so","api_version":"1.3.0"}}\n' "$library" >"$icd"
export LD_LIBRARY_PATH=$library${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
export VK_DRIVER_FILES=$icd VK_ICD_FILENAMES=$icd
set +eo pipefail
