#!/usr/bin/env bash
# The day that ./run --script plays: to its end, in Russian, with the figures that it should have.
. "$(dirname "$0")/lib.sh"

exits 0 "is played to its end" env LANGUAGE=ru "$top/.ci/day"
like "the example's region has its consultants" "$out" 'консультанты: 58'
like "the spoilt telephone is named" "$out" '8,91701E\+10'
like "three were taken from the list" "$out" 'взято: 3'
like "the hub took the bundle" "$out" 'пакетов принято: 1'
like "three came" "${out##*Отчёт центра}" 'Посещений: 3'
like "and twelve without a name" "${out##*Отчёт центра}" 'без записи: 12'
finish
