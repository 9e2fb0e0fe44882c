//! The groups and datasets of an HDF5 file, within the limits of a weights file: what a file says of itself is checked before
//! memory is taken for it.

use std::cell::Cell;

use miniz_oxide::inflate::decompress_to_vec_zlib_with_limit;
use rustyhdf5_format::attribute::{AttributeMessage, extract_attributes_full};
use rustyhdf5_format::chunked_read::{ChunkInfo, collect_chunk_info};
use rustyhdf5_format::data_layout::DataLayout;
use rustyhdf5_format::data_read::{read_as_f64, read_raw_data};
use rustyhdf5_format::dataspace::Dataspace;
use rustyhdf5_format::datatype::Datatype;
use rustyhdf5_format::filter_pipeline::{FILTER_DEFLATE, FilterPipeline};
use rustyhdf5_format::filters::decompress_chunk;
use rustyhdf5_format::group_v1::resolve_v1_group_entries;
use rustyhdf5_format::group_v2::resolve_v2_group_entries;
use rustyhdf5_format::message_type::MessageType;
use rustyhdf5_format::object_header::ObjectHeader;
use rustyhdf5_format::signature::find_signature;
use rustyhdf5_format::superblock::Superblock;
use rustyhdf5_format::symbol_table::SymbolTableMessage;

use super::broken;
use crate::frontend::weights::source::FILE_BYTES;

/// Names in groups, each counted as often as its group is opened: links may go in circles.
const MOST_NAMES: usize = 1 << 16;

pub(super) struct File<'b> {
    bytes: &'b [u8],
    superblock: Superblock,
    /// How many more names may be read.
    names: Cell<usize>,
    /// How many more bytes of datasets may be read, decompressed.
    left: Cell<u64>,
    /// Whether datasets are read, or only what they would take.
    reads: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum Sort {
    Group,
    Dataset,
    Other,
}

pub(super) struct Group {
    header: ObjectHeader,
    /// What is in it, in the file's order.
    members: Vec<(String, Sort, u64)>,
}

impl Group {
    pub(super) fn groups(&self) -> impl Iterator<Item = &str> {
        self.names(Sort::Group)
    }

    pub(super) fn datasets(&self) -> impl Iterator<Item = &str> {
        self.names(Sort::Dataset)
    }

    fn names(&self, of: Sort) -> impl Iterator<Item = &str> {
        self.members.iter().filter(move |(_, sort, _)| *sort == of).map(|(name, ..)| name.as_str())
    }

    fn address(&self, name: &str) -> Option<u64> {
        self.members.iter().find(|(other, ..)| other == name).map(|(.., address)| *address)
    }
}

pub(super) struct Dataset {
    header: ObjectHeader,
    pub(super) datatype: Datatype,
    pub(super) shape: Vec<usize>,
}

impl<'b> File<'b> {
    /// A file whose datasets are counted, and read if `reads`.
    pub(super) fn open(bytes: &'b [u8], reads: bool) -> Result<Self, String> {
        let signature = find_signature(bytes).map_err(broken)?;
        let superblock = Superblock::parse(bytes, signature).map_err(broken)?;
        if superblock.eof_address > bytes.len() as u64 {
            return Err(broken("the file is cut off"));
        }
        let (names, left) = (Cell::new(MOST_NAMES), Cell::new(FILE_BYTES));
        Ok(Self { bytes, superblock, names, left, reads })
    }

    pub(super) fn root(&self) -> Result<Group, String> {
        self.group_at(self.superblock.root_group_address)
    }

    pub(super) fn group(&self, around: &Group, name: &str) -> Result<Option<Group>, String> {
        if !around.groups().any(|other| other == name) {
            return Ok(None);
        }
        around.address(name).map(|address| self.group_at(address)).transpose()
    }

    fn header(&self, address: u64) -> Result<ObjectHeader, String> {
        let address = usize::try_from(address).map_err(broken)?;
        let Superblock { offset_size, length_size, .. } = self.superblock;
        ObjectHeader::parse(self.bytes, address, offset_size, length_size).map_err(broken)
    }

    fn group_at(&self, address: u64) -> Result<Group, String> {
        let Superblock { offset_size, length_size, .. } = self.superblock;
        let header = self.header(address)?;
        let entries = if let Some(table) = data(&header, MessageType::SymbolTable) {
            let table = SymbolTableMessage::parse(table, offset_size).map_err(broken)?;
            resolve_v1_group_entries(self.bytes, &table, offset_size, length_size)
        } else if is_group(&header) {
            resolve_v2_group_entries(self.bytes, &header, offset_size, length_size)
        } else {
            Ok(Vec::new())
        };
        let entries = entries.map_err(broken)?;
        let left = self.names.get().checked_sub(entries.len());
        self.names.set(left.ok_or_else(|| format!("more than {MOST_NAMES} groups and datasets"))?);
        let mut members = Vec::new();
        for entry in entries {
            let header = self.header(entry.object_header_address)?;
            let sort = match () {
                () if is_group(&header) => Sort::Group,
                () if data(&header, MessageType::DataLayout).is_some() => Sort::Dataset,
                () => Sort::Other,
            };
            members.push((entry.name, sort, entry.object_header_address));
        }
        Ok(Group { header, members })
    }

    fn attribute(&self, group: &Group, name: &str) -> Result<Option<AttributeMessage>, String> {
        let Superblock { offset_size, length_size, .. } = self.superblock;
        let all = extract_attributes_full(self.bytes, &group.header, offset_size, length_size);
        Ok(all.map_err(broken)?.into_iter().find(|attribute| attribute.name == name))
    }

    pub(super) fn has_attribute(&self, group: &Group, name: &str) -> Result<bool, String> {
        Ok(self.attribute(group, name)?.is_some())
    }

    /// A group's attribute that is one text. `None` where there is none of that name, or it is no text.
    pub(super) fn text(&self, group: &Group, name: &str) -> Result<Option<String>, String> {
        let Superblock { offset_size, length_size, .. } = self.superblock;
        let Some(attribute) = self.attribute(group, name)? else { return Ok(None) };
        let texts = match &attribute.datatype {
            Datatype::String { .. } => attribute.read_as_strings(),
            Datatype::VariableLength { is_string: true, .. } => {
                attribute.read_vl_strings(self.bytes, offset_size, length_size)
            }
            _ => return Ok(None),
        };
        Ok(texts.ok().and_then(|texts| <[String; 1]>::try_from(texts).ok()).map(|[text]| text))
    }

    pub(super) fn dataset(&self, around: &Group, name: &str) -> Result<Dataset, String> {
        let address = around.address(name).ok_or_else(|| broken(format!("no `{name}`")))?;
        let header = self.header(address)?;
        let (datatype, _) =
            Datatype::parse(message(&header, MessageType::Datatype)?).map_err(broken)?;
        let space = self.space(&header)?;
        let shape = space.dimensions.iter().map(|length| usize::try_from(*length));
        let shape = shape.collect::<Result<_, _>>().map_err(broken)?;
        Ok(Dataset { header, datatype, shape })
    }

    fn space(&self, header: &ObjectHeader) -> Result<Dataspace, String> {
        let space = message(header, MessageType::Dataspace)?;
        Dataspace::parse(space, self.superblock.length_size).map_err(broken)
    }

    /// The numbers of a dataset; an error names it by `name`. `None` where they are only counted.
    pub(super) fn numbers(
        &self,
        name: &str,
        dataset: &Dataset,
    ) -> Result<Option<Vec<f64>>, String> {
        let Superblock { offset_size, length_size, .. } = self.superblock;
        let Dataset { header, datatype, shape } = dataset;
        let layout = message(header, MessageType::DataLayout)?;
        let layout = DataLayout::parse(layout, offset_size, length_size).map_err(broken)?;
        self.take(name, size_of(shape, datatype))?;
        let raw = match &layout {
            DataLayout::Chunked { chunk_dimensions, btree_address, version: 3, .. } => {
                // The last dimension is a number's bytes.
                let (_, chunk) =
                    chunk_dimensions.split_last().ok_or_else(|| broken("no chunks"))?;
                let address = btree_address.ok_or_else(|| broken("no chunks"))?;
                let dimensions = chunk_dimensions.len();
                let chunks =
                    collect_chunk_info(self.bytes, address, dimensions, offset_size, length_size);
                match self.chunked(name, dataset, chunk, &chunks.map_err(broken)?)? {
                    Some(raw) => raw,
                    None => return Ok(None),
                }
            }
            DataLayout::Chunked { .. } => {
                return Err(format!("`{name}` is in chunks of a kind that Keras does not write"));
            }
            _ if !self.reads => return Ok(None),
            _ => read_raw_data(self.bytes, &layout, &self.space(header)?, datatype)
                .map_err(broken)?,
        };
        read_as_f64(&raw, datatype).map(Some).map_err(broken)
    }

    /// Counts bytes that are about to be read.
    fn take(&self, name: &str, bytes: Option<u64>) -> Result<(), String> {
        let left = bytes.and_then(|bytes| self.left.get().checked_sub(bytes));
        let message = || format!("the tensors up to `{name}` have more than {FILE_BYTES} bytes");
        self.left.set(left.ok_or_else(message)?);
        Ok(())
    }

    /// The bytes of a dataset out of its chunks, which are of that shape.
    fn chunked(
        &self,
        name: &str,
        dataset: &Dataset,
        chunk: &[u32],
        chunks: &[ChunkInfo],
    ) -> Result<Option<Vec<u8>>, String> {
        let Dataset { header, datatype, shape } = dataset;
        let pipeline = data(header, MessageType::FilterPipeline);
        let filters = pipeline.map(FilterPipeline::parse).transpose().map_err(broken)?;
        let filters = filters.map(|pipeline| pipeline.filters).unwrap_or_default();
        let element = datatype.type_size();
        let lengths: Vec<usize> = chunk.iter().map(|length| *length as usize).collect();
        let of_chunk =
            product(lengths.iter().map(|length| *length as u64).chain([u64::from(element)]));
        // What chunks have beyond the dataset is decompressed too.
        let all = of_chunk.and_then(|bytes| bytes.checked_mul(chunks.len() as u64));
        let own = size_of(shape, datatype).unwrap_or_default();
        self.take(name, all.map(|all| all.saturating_sub(own)))?;
        if !self.reads {
            return Ok(None);
        }
        let of_chunk = of_chunk.and_then(|bytes| usize::try_from(bytes).ok()).unwrap_or_default();
        let size = element as usize;
        let mut raw = vec![0; shape.iter().product::<usize>() * size];
        for chunk in chunks {
            let start = usize::try_from(chunk.address).map_err(broken)?;
            let stored = self.bytes.get(start..start.saturating_add(chunk.chunk_size as usize));
            let mut bytes = stored.ok_or_else(|| broken("a chunk is cut off"))?.to_vec();
            for (place, filter) in filters.iter().enumerate().rev() {
                if chunk.filter_mask >> place & 1 == 1 {
                    continue;
                }
                bytes = if filter.filter_id == FILTER_DEFLATE {
                    // A checksum may be behind the numbers.
                    let inflated = decompress_to_vec_zlib_with_limit(&bytes, of_chunk + 4);
                    inflated.map_err(|_| format!("`{name}` cannot be decompressed"))?
                } else {
                    let one = FilterPipeline { version: 2, filters: vec![filter.clone()] };
                    decompress_chunk(&bytes, &one, of_chunk, element).map_err(broken)?
                };
            }
            if bytes.len() != of_chunk || chunk.offsets.len() < lengths.len() {
                return Err(broken(format!("a chunk of `{name}` has {} bytes", bytes.len())));
            }
            let (Some(row), Some(length)) = (lengths.last(), shape.last()) else { continue };
            for (number, bytes) in bytes.chunks_exact((row * size).max(1)).enumerate() {
                let Some(start) = start_of(shape, &lengths, &chunk.offsets, number * row) else {
                    continue;
                };
                let own = raw.get_mut(start * size..(start - start % length + length) * size);
                own.into_iter().flatten().zip(bytes).for_each(|(own, byte)| *own = *byte);
            }
        }
        Ok(Some(raw))
    }
}

/// The place in a dataset of a number of a chunk. `None` where it is beyond the dataset.
fn start_of(shape: &[usize], chunk: &[usize], offsets: &[u64], mut place: usize) -> Option<usize> {
    let (mut all, mut stride) = (0, 1);
    for ((length, own), offset) in shape.iter().zip(chunk).zip(offsets).rev() {
        let index = usize::try_from(*offset).ok()?.checked_add(place % own)?;
        if index >= *length {
            return None;
        }
        all += index * stride;
        stride *= length;
        place /= own;
    }
    Some(all)
}

/// The bytes of a dataset.
fn size_of(shape: &[usize], datatype: &Datatype) -> Option<u64> {
    product(shape.iter().map(|length| *length as u64).chain([u64::from(datatype.type_size())]))
}

fn product(mut factors: impl Iterator<Item = u64>) -> Option<u64> {
    factors.try_fold(1, |product: u64, factor| product.checked_mul(factor))
}

fn is_group(header: &ObjectHeader) -> bool {
    let words = [MessageType::LinkInfo, MessageType::Link, MessageType::SymbolTable];
    words.into_iter().any(|word| data(header, word).is_some())
}

fn data(header: &ObjectHeader, of: MessageType) -> Option<&[u8]> {
    let message = header.messages.iter().find(|message| message.msg_type == of);
    message.map(|message| message.data.as_slice())
}

fn message(header: &ObjectHeader, of: MessageType) -> Result<&[u8], String> {
    data(header, of).ok_or_else(|| broken(format!("a dataset has no {of:?}")))
}
