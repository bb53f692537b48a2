#include "tools/bake/compression.h"

#include <zlib.h>

#if LIKES_HAS_BROTLI
#include <brotli/decode.h>
#include <brotli/encode.h>
#endif

#include <cstdint>
#include <limits>
#include <memory>

namespace likes::bake {
namespace {

/// Window bits as zlib wants them for a gzip header.
constexpr int kGzipWindow = 15 + 16;

tl::unexpected<Error> compression_failed() {
  return fail(ErrorCode::kInternal, "cannot compress it");
}

Result<std::string> gzip(std::string_view bytes) {
  z_stream stream = {};
  if (bytes.size() > std::numeric_limits<uInt>::max() ||
      ::deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, kGzipWindow, 8, Z_DEFAULT_STRATEGY) !=
          Z_OK) {
    return compression_failed();
  }
  std::string compressed(::deflateBound(&stream, static_cast<uLong>(bytes.size())), '\0');
  // zlib does not write to its input, but its C interface does not say so.
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(compressed.data());
  stream.avail_out = static_cast<uInt>(compressed.size());
  const bool done = ::deflate(&stream, Z_FINISH) == Z_STREAM_END;
  compressed.resize(stream.total_out);
  ::deflateEnd(&stream);
  if (!done) {
    return compression_failed();
  }
  return compressed;
}

bool gunzips_to(std::string_view compressed, std::string_view bytes) {
  z_stream stream = {};
  if (compressed.size() > std::numeric_limits<uInt>::max() ||
      bytes.size() >= std::numeric_limits<uInt>::max() ||
      ::inflateInit2(&stream, kGzipWindow) != Z_OK) {
    return false;
  }
  // One byte more than is wanted shows that there is more than is wanted.
  std::string plain(bytes.size() + 1, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(compressed.data()));
  stream.avail_in = static_cast<uInt>(compressed.size());
  stream.next_out = reinterpret_cast<Bytef*>(plain.data());
  stream.avail_out = static_cast<uInt>(plain.size());
  const bool whole = ::inflate(&stream, Z_FINISH) == Z_STREAM_END && stream.avail_in == 0;
  plain.resize(stream.total_out);
  ::inflateEnd(&stream);
  return whole && plain == bytes;
}

#if LIKES_HAS_BROTLI

Result<std::string> brotli(std::string_view bytes) {
  // The best quality, 11, takes twenty times as long for a twentieth less: pages that change every
  // few minutes are not worth it.
  constexpr int kQuality = 9;
  std::size_t size = ::BrotliEncoderMaxCompressedSize(bytes.size());
  std::string compressed(size, '\0');
  if (::BrotliEncoderCompress(kQuality, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_TEXT, bytes.size(),
                              reinterpret_cast<const std::uint8_t*>(bytes.data()), &size,
                              reinterpret_cast<std::uint8_t*>(compressed.data())) != BROTLI_TRUE) {
    return compression_failed();
  }
  compressed.resize(size);
  return compressed;
}

bool unbrotlis_to(std::string_view compressed, std::string_view bytes) {
  std::string plain(bytes.size() + 1, '\0');
  std::size_t size = plain.size();
  const bool whole =
      ::BrotliDecoderDecompress(
          compressed.size(), reinterpret_cast<const std::uint8_t*>(compressed.data()), &size,
          reinterpret_cast<std::uint8_t*>(plain.data())) == BROTLI_DECODER_RESULT_SUCCESS;
  return whole && std::string_view(plain).substr(0, size) == bytes;
}

#endif

}  // namespace

std::string_view suffix_of(Coding coding) {
  switch (coding) {
    case Coding::kGzip:
      return ".gz";
    case Coding::kBrotli:
      return ".br";
    case Coding::kZstd:
      return ".zst";
  }
  return "";
}

bool can_compress(Coding coding) {
  return coding == Coding::kGzip || (coding == Coding::kBrotli && LIKES_HAS_BROTLI != 0);
}

Result<std::string> compress(Coding coding, std::string_view bytes) {
  if (coding == Coding::kGzip) {
    return gzip(bytes);
  }
#if LIKES_HAS_BROTLI
  if (coding == Coding::kBrotli) {
    return brotli(bytes);
  }
#endif
  return compression_failed();
}

bool decompresses_to(Coding coding, std::string_view compressed, std::string_view bytes) {
  if (coding == Coding::kGzip) {
    return gunzips_to(compressed, bytes);
  }
#if LIKES_HAS_BROTLI
  if (coding == Coding::kBrotli) {
    return unbrotlis_to(compressed, bytes);
  }
#endif
  return false;
}

}  // namespace likes::bake
