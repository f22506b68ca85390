# SPDX-License-Identifier: GPL-3.0-or-later
# Compiler cache, warnings and sanitizers, the same for every target.
find_program(WG_CCACHE ccache)
if(WG_CCACHE)
  set(CMAKE_C_COMPILER_LAUNCHER ${WG_CCACHE})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${WG_CCACHE})
endif()

# -g1 keeps line numbers in back traces at a fraction of the link time of full debug information.
set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O2 -g1 -DNDEBUG")
add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wno-missing-field-initializers
                    -fno-omit-frame-pointer)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  add_compile_options(-Wno-psabi)
endif()

if(WG_SANITIZE)
  add_compile_options(-fsanitize=${WG_SANITIZE} -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${WG_SANITIZE})
  add_compile_definitions(WG_SANITIZED=1)
endif()
