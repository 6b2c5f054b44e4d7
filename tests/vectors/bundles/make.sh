#!/usr/bin/env bash
# Made the bundles of this folder: BUILD=… make.sh FOLDER, with the programs of the release whose schema the folder is named after. Run once for each schema;
# tests/cli/old_bundles.sh reads what it left with the programs of today.
#
# stick/ holds a device's bundle that its hub has not taken and the hub's that the device has not read; hub.ldb and device.ldb are as these programs left them.
folder=$(realpath -m "$1")
. "$(dirname "$0")/../../cli/lib.sh"
set -e
new_hub
new_device device "Хасанова Гузель Рашитовна"
new_device centre "Ғәлимова Таңһылыу" 80701000 coordinator
enrol device
enrol centre 80701000 coordinator
travel device centre
travel device centre
on device person add --name "Валеева Зиля Маратовна" --phone "8 917 000-00-01" --municipality 80618000
on device seminar add --title "Как открыть НКО" --date 2020-02-14 --municipality 80618000
on device attend "Как открыть НКО" "Валеева Зиля Маратовна"
on device sync --via stick
box=$(dirname "$(ls -t stick/*/inbox/*/*.bundle | head -n 1)")
mv "$box" away
on centre person add --name "Һаҙыева Ғәлиә" --municipality 80618000
on centre sync --via stick
hub collect stick
rm -rf "$box"
mv away "$box"
mkdir -p "$folder"
cp -r hub.ldb hub.key device.ldb device.key stick "$folder"
