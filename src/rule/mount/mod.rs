//! Rules about volumes and the files they mount.

pub(super) mod context_file_in_other_container;
pub(super) mod context_file_is_folder;
pub(super) mod context_file_missing;
pub(super) mod context_file_not_mounted;
pub(super) mod context_file_path_wrong;
pub(super) mod mount_empty_dir_unfilled;
pub(super) mod mount_shadowed;
pub(super) mod mount_sub_path_wrong;
pub(super) mod mount_volume_undefined;
pub(super) mod private_key_in_config_map;
pub(super) mod volume_items_leave_out;
pub(super) mod volume_key_missing;
pub(super) mod volume_mode_unreadable;
pub(super) mod volume_reads_config_map;
pub(super) mod volume_secret_missing;
