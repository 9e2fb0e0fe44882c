//! The files in an archive, as NumPy and Keras write them: stored or deflated.

use miniz_oxide::inflate::decompress_to_vec_with_limit;
use rawzip::{CompressionMethod, ZipArchive, ZipVerification};

use super::source::FILE_BYTES;

/// Files of an archive at most: more than any network has tensors.
const MOST: usize = 1 << 13;

/// Names and contents, in the archive's order, of the files that are `wanted`.
pub(super) fn files(
    bytes: &[u8],
    wanted: impl Fn(&str) -> bool,
) -> Result<Vec<(String, Vec<u8>)>, String> {
    let broken = |error: rawzip::Error| format!("not a zip archive: {error}");
    let archive = ZipArchive::from_slice(bytes).map_err(broken)?;
    let mut files = Vec::new();
    // What they take together, however often they are said to be at the same place.
    let mut left = usize::try_from(FILE_BYTES).unwrap_or(usize::MAX);
    let mut entries = archive.entries();
    while let Some(entry) = entries.next_entry().map_err(broken)? {
        let name = String::from_utf8_lossy(entry.file_path().as_bytes()).into_owned();
        if !wanted(&name) {
            continue;
        }
        if files.len() == MOST {
            return Err(format!("more than {MOST} files"));
        }
        let wrong = |why: &str| format!("`{name}` {why}");
        let found = archive.get_entry(entry.wayfinder()).map_err(broken)?;
        let (data, claim) = (found.data(), found.claim_verifier());
        let content = match entry.compression_method() {
            _ if entry.flags().is_encrypted() => return Err(wrong("is encrypted")),
            CompressionMethod::STORE if data.len() <= left => data.to_vec(),
            CompressionMethod::DEFLATE if claim.uncompressed_size <= left as u64 => {
                let inflated = decompress_to_vec_with_limit(data, left);
                inflated.map_err(|_| wrong("cannot be decompressed"))?
            }
            CompressionMethod::STORE | CompressionMethod::DEFLATE => {
                return Err(format!("more than {FILE_BYTES} bytes when decompressed"));
            }
            _ => return Err(wrong("is compressed in a way that NumPy and Keras do not use")),
        };
        let is = ZipVerification {
            crc: rawzip::crc32(&content),
            uncompressed_size: content.len() as u64,
        };
        claim.valid(is).map_err(|_| wrong("is not what its checksum says"))?;
        left -= content.len();
        files.push((name, content));
    }
    Ok(files)
}
